from late import x  # expect: HW121
x = 1
