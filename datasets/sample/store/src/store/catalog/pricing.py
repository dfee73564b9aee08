from decimal import Decimal

from .models import Price


def discounted(price: Price, percent: int) -> Price:
    return Price(price.amount * (100 - percent) / Decimal(100), price.currency)


def total(prices):
    return sum((price.amount for price in prices), Decimal(0))
