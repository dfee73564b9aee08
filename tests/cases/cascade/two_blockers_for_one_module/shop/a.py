from shop import gone  # expect: HW111
