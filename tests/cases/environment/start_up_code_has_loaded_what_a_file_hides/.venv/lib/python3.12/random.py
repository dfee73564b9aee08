choice = max
