from shop import X
