from fast import _core, _table  # expect: HW103
from fast._core import add  # expect: HW103
import fast._gone  # expect: HW101
from fast import _lost  # expect: HW111
from fast import _core, _lost  # expect: HW111
import single  # expect: HW103
import _core  # expect: HW203
