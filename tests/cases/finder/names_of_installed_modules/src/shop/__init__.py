from tidewire import Client, helper, retry
from tidewire import Absent  # expect: HW214(fault)
from tidewire import Injected, starred, NULL
from tidewire.lazy import Anything
from tidewire.rewritten import Whatever
from tidewire.helper import assist
from tidewire.helper import gone  # expect: HW214(fault)
from tidewire.helper import from_outside
from tidewire.native import something

try:
    from tidewire import Newer  # expect: HW214(optional)
except ImportError:
    Newer = None
