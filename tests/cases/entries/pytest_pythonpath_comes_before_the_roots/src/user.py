from shop import REAL
