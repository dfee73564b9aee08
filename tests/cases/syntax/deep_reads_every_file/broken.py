def f(a):
    return g(a=1, a=2)  # expect: HW301
