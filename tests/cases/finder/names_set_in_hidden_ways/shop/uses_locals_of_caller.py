from shop.locals_of_caller import X
