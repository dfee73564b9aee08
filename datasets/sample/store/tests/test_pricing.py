from decimal import Decimal

from store.catalog.models import Price
from store.catalog.pricing import discounted


def test_discount():
    assert discounted(Price(Decimal(10), "EUR"), 50).amount == 5
