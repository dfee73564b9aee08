if (n := 10) > 5:  # expect: HW302
    pass
