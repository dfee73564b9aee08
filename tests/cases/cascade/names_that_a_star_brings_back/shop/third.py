from shop import missing, value, part  # expect: HW111
