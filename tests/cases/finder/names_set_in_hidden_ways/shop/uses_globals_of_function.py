from shop.globals_of_function import X
