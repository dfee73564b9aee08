from shop import here
