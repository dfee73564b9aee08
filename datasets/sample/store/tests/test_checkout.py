from paykit.testing import FakeCard

from store.orders.checkout import pay
from store.orders.models import Order


def test_an_empty_order_costs_nothing():
    assert pay(Order("1"), FakeCard()).amount == 0
