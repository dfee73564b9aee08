from shop.written_by_loop import X
