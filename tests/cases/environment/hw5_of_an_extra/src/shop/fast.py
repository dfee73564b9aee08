import epsilon  # expect: HW505
