import shop.absent  # expect: HW101(fault)

__import__("shop.absent_too")  # expect: HW101(fault)
