import shop.base

x = shop.base.gone()  # expect: HW111
