from shop import limit  # expect: HW111
