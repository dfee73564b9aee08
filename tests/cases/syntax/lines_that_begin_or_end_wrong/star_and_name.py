from os import *, path  # expect: HW301
