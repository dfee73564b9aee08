from __future__ import annotations

from typing import TYPE_CHECKING

from shop.types import Row  # expect: HW111(fault)

if TYPE_CHECKING:
    from shop.types import Cell, Row
    from shop.types import Absent  # expect: HW111(fault)
    from shop.protocols import Reader
    from shop.stubbed import Anything
    from shop._stub import Something
