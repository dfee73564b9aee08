class Order:
    def __connect(self):
        pass

    class Meta:
        pass


class Plain:
    pass


class Starred:
    pass


from shop.fast import *
