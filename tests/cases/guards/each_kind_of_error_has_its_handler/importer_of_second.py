import second_raises  # expect: HW141
