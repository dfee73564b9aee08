improt os  # expect: HW301
