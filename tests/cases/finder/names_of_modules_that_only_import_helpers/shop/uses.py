from shop.reads import absent  # expect: HW111
from shop.builds import missing  # expect: HW111
from shop.calls import SPEED
from shop.calls_later import LIMIT
