from shop.class_of_module import X
