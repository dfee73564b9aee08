type X = int  # expect: HW302
