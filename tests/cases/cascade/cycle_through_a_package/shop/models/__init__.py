from shop.query import Query  # expect: HW121
