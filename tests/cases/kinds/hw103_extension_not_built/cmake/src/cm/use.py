from cm._core import add  # expect: HW103
from . import Other, _Nano  # expect: HW103
import Other  # expect: HW103
from cm import _commented  # expect: HW111
