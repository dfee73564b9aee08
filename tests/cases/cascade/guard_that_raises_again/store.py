import cache  # expect: HW141
