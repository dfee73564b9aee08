from os import path as if  # expect: HW301
