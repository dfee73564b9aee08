import shop.gone  # expect: HW101
