x = 'no end  # expect: HW301
