from shop import state
from shop.models import Order

state.db = None
Order.rate = 1
setattr(Order.Meta, "x" + "y", 1)
