from typing import TYPE_CHECKING

try:
    import d
except ImportError:
    d = None
if TYPE_CHECKING:
    import d.more
