type A = int  # expect: HW302
