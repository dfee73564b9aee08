from framework import is_registered, register  # expect: HW203

from shop.prices import Price  # expect: HW121

if not is_registered():
    register(Price)


class Cart: ...
