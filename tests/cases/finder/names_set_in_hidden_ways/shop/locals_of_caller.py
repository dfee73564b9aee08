from shop.helper import export

export("X")
