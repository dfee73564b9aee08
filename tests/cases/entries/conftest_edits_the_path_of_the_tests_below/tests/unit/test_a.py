from shop_helpers import ONE
import nowhere  # expect: HW203
