import shop.a  # runs already, or does not fail
import shop.lost  # expect: HW101
