from shop.called import x
