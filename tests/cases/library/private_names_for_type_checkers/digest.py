from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

from hashlib import _no_such_name  # expect: HW214
