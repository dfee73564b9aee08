class Order:
    pass


class Typed:
    pass
