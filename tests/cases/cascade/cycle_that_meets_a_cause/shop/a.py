import shop.b  # expect: HW141
