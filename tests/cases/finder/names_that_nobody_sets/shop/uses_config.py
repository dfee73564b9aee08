from shop.config import Settings
from shop.config import lost  # expect: HW111
