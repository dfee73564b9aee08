# No module of the other project has this name, and it imports a cycle of its own.
import shop.cart
from stock.reader import HEIGHT
