now = 1
