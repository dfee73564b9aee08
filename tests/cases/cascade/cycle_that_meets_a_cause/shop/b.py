import shop.c  # expect: HW141
