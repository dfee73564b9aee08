from shop.core import LIMIT
from shop.core import Absent  # expect: HW111
from shop.gone import x  # expect: HW101
