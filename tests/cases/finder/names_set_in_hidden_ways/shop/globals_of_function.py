from shop.helper import of_function


@of_function
def function():
    pass
