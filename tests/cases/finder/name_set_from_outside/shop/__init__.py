from . import base, types
from .base import NULL
from .base import LATER
from .base import NOBODY  # expect: HW111
