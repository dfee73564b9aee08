import shop.deep
