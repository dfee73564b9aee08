from shop.written_by_with_item import X
