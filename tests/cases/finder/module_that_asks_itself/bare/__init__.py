from . import _core  # expect: HW111
