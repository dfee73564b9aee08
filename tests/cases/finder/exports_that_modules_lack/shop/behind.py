def function():
    from shop import lacks


from shop.star import there  # a cascade
