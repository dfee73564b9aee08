import paykit
from paykit.errors import Declined

from store.orders.models import Order


def refund(order: Order, payment: paykit.Payment) -> bool:
    try:
        payment.reverse(reference=order.number)
    except Declined:
        return False
    return True
