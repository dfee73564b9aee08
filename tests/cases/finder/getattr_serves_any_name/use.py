from shop import anything
