Store = 1
