from shop.helper import keep


@keep
def function():
    pass
