from shop.core import LIMIT
from shop.gone import X  # expect: HW101
from shop.core import Absent  # expect: HW111
