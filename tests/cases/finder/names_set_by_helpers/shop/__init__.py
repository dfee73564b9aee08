from shop.constants import SPEED
from shop.backend import Canvas
from shop.deprecated import Batch
from shop.plain import absent  # expect: HW111
