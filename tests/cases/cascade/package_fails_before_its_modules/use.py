import shop.fine  # expect: HW141
