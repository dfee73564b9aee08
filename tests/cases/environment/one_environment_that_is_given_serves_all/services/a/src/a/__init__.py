import gamma  # expect: HW104
import alpha
import beta  # expect: HW201
import shop.settings
shop.settings.VALUE = 1
