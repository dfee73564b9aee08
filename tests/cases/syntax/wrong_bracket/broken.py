x = [1, 2
     )  # expect: HW301
