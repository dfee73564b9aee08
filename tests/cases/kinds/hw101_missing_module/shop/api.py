import shop.modles  # expect: HW101
