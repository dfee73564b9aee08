import shop.a  # expect: HW141
