Till = 1
