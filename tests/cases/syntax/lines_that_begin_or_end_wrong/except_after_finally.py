try:
    pass
finally:
    pass
except OSError:  # expect: HW301
    pass
