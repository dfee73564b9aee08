from shop import pick  # expect: HW141
