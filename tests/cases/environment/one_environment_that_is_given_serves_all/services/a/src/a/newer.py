type Number = int
