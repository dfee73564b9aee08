from pkg import _core  # expect: HW111
