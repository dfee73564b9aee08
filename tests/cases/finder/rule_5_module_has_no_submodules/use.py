import shop.models
import shop.models.order  # expect: HW101
