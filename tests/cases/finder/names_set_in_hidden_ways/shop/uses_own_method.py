from shop.own_method import X
