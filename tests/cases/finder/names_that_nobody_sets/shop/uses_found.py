from shop.found import PATH
