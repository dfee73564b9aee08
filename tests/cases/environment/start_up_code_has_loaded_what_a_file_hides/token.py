MINE = 1  # expect: HW123
