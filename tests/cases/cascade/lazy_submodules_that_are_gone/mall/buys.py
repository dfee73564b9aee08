from mall import Cart
