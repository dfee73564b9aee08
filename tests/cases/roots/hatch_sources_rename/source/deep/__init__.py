from ..core import LIMIT
from ..nothing import x  # expect: HW101
