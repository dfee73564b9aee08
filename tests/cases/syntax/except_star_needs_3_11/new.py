try:
    pass
except* ValueError:  # expect: HW302
    pass
