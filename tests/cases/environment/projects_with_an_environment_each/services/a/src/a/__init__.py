import gamma
import alpha  # expect: HW201
import beta  # expect: HW141
import shop.settings  # expect: HW141
shop.settings.VALUE = 1
