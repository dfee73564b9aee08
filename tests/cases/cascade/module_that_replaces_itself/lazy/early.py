from lazy import Later  # expect: HW121

P = 1
