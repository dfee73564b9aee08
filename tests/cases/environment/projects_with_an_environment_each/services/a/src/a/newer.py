type Number = int  # expect: HW302
