import shop.a  # expect: HW141
import shop.lost  # expect: HW101
