import broken  # expect: HW141
