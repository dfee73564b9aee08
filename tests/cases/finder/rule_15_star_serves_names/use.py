from shop import Order
from shop import _hidden  # expect: HW111
