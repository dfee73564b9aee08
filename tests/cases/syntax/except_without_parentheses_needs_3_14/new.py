try:
    pass
except ValueError, TypeError:  # expect: HW302
    pass
