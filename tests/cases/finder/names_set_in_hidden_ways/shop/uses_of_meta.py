from shop.of_meta import X
