import shop.lost  # expect: HW101
