import string

letters = string.letters  # expect: HW214(fault)
