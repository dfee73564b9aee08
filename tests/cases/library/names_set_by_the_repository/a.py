import compat
from collections import Mapping
from collections import MutableMapping  # expect: HW214
