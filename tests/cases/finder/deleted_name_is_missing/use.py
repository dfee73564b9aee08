from shop import X  # expect: HW111
