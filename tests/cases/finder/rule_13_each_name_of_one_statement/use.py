from shop.models import (  # expect: HW111
    Order,
    Basket,
)
