import shop.typed  # expect: HW101
