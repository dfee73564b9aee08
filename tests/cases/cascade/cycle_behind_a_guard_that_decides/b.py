from a import x  # expect: HW121

y = 2
