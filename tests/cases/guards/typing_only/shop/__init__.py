from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.nowhere import Type  # expect: HW101
