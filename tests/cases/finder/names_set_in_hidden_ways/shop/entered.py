from shop.helper import Writer

with Writer(globals()):
    pass
