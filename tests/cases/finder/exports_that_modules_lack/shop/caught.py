try:
    from shop.lacks import *
except AttributeError:
    pass
