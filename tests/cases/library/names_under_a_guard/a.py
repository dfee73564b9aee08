try:
    from collections import Mapping  # expect: HW214(optional)
except ImportError:
    from collections.abc import Mapping

try:
    from inspect import getfullargspec as getargspec
except ImportError:
    from inspect import getargspec  # expect: HW214(optional)

try:
    from inspect import getargspec  # expect: HW214(fault)
except ModuleNotFoundError:
    pass
