from shop import nothing  # expect: HW111
