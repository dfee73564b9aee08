from shop.super_method import X
