from shop.other import this_module

value = this_module()
