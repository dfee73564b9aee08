quicker = 1
