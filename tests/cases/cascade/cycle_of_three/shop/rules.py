from shop.cart import Cart  # expect: HW121

DISCOUNT = 0.1


class Voucher(Cart): ...
