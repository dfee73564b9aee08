x =  # expect: HW301
