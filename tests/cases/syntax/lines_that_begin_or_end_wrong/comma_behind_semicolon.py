print(1); from os import path,  # expect: HW301
