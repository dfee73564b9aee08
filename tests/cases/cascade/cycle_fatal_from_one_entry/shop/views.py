from shop.models import Order


def render(order: Order) -> str:
    return str(order)
