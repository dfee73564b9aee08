for a in []:
    pass
elif a:  # expect: HW301
    pass
