x = 1
from early import x
