import shop.gone  # expect: HW101(fault)
