def f():
    return 1
    finally:  # expect: HW301
        pass
