from shop.api import LIMIT
import shop.nothing  # expect: HW101
