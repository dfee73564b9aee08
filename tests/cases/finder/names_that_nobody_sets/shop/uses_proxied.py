from shop.proxied import later
from shop.proxied import gone  # expect: HW111
