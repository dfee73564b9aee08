from shop.module_of_function import X
