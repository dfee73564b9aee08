return 1  # expect: HW301
