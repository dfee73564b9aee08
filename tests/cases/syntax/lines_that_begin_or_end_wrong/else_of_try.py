try:
    x = 1
else:  # expect: HW301
    y = 2
