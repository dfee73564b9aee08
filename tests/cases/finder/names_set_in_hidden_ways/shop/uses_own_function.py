from shop.own_function import X
