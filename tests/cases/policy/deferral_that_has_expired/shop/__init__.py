import shop.ui  # expect: HW101(fault)
