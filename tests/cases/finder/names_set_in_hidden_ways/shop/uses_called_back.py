from shop.called_back import X
