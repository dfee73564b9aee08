Present = 1
