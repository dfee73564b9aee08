from shop.thread import X
