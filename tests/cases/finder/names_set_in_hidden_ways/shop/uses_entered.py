from shop.entered import X
