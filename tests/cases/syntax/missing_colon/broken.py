def f()  # expect: HW301
    return 1
