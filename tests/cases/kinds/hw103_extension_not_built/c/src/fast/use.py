from fast import _core  # expect: HW103
from fast._keyword import add  # expect: HW103
from ._ffi import ffi  # expect: HW103
import _top  # expect: HW103
from . import _beside, _other  # expect: HW103
from fast import _lost  # expect: HW111
import fast._gone  # expect: HW101
import _nowhere  # expect: HW203
