from shop import VERSION, models
from shop import orders  # expect: HW111
