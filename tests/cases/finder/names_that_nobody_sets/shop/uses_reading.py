from shop.reading import there
from shop.reading import gone  # expect: HW111
