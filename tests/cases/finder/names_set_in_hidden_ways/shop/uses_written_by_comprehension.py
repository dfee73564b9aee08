from shop.written_by_comprehension import X
