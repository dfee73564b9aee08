from shop.rules import DISCOUNT  # expect: HW121


def price_of(item):
    return item.price * (1 - DISCOUNT)
