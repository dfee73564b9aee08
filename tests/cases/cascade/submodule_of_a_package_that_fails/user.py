import pkg.email  # expect: HW141
