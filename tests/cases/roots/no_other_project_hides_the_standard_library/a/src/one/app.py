from random import choice  # expect: HW123
