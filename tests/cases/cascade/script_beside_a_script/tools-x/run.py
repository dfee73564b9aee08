import helper  # expect: HW141
