x = [1, 2  # expect: HW301
y = 3
