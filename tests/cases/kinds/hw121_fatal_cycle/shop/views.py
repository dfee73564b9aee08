from shop.models import Order  # expect: HW121


def render(order: Order) -> str:
    return str(order)
