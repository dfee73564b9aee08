from shop.written_by_unpacking import X
