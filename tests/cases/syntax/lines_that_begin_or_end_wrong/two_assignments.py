x = = 1  # expect: HW301
