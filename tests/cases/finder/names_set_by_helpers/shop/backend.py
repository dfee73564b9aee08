from shop.helper import export


@export
class AnyCanvas:
    pass
