getline = len
