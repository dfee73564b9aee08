import shop.a.b.c  # expect: HW101
from shop.a.b import c  # expect: HW101
