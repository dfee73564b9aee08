import bad  # expect: HW141
