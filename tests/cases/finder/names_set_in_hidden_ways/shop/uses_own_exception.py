from shop.own_exception import X
