import shop.ui.button  # expect: HW101(deferred)
import shop.uix  # expect: HW101(fault)
