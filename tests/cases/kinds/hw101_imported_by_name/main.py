import shop.loader  # expect: HW141(cascade)
import shop.held
import shop.own
