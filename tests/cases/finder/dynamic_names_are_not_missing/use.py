from shop import made
