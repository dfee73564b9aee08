from . import _a as b  # expect: HW111
