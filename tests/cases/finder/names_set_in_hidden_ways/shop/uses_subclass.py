from shop.subclass import X
