from shop import FAKE
from shop import REAL  # expect: HW111
