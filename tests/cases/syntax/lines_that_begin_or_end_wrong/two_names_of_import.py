from os import path getcwd  # expect: HW301
