from . import missing  # expect: HW111
