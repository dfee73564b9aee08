from shop.published import one
from shop.published import two
