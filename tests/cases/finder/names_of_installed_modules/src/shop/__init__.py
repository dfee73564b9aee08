from tidewire import Client, helper, retry
from tidewire import Absent  # expect: HW214(fault)
from tidewire import Injected, starred, NULL  # expect: HW214
from tidewire.lazy import Anything
from tidewire.rewritten import Whatever
from tidewire.helper import assist
from tidewire.helper import gone  # expect: HW214(fault)
from tidewire.helper import from_outside  # expect: HW214
from tidewire.native import something

try:
    from tidewire import Newer  # expect: HW214(optional)
except ImportError:
    Newer = None
from tidewire.reading import FIRST, THIRD  # expect: HW214
from tidewire.writing import MadeByFill
from tidewire.looping import Looped
from tidewire.asks import NAME, OTHER  # expect: HW214
from tidewire.told import Exported
from tidewire.kept import Kept
from tidewire.started import Missing  # expect: HW214
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewire.reading import _OfStubs
    from tidewire.reading import OfNobody  # expect: HW214
