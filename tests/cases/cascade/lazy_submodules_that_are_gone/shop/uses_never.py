from shop import never  # expect: HW111
