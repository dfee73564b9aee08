import shop.optional
import shop.core  # expect: HW141
