from os import  # expect: HW301
