from shop.helper import WithMeta


class Derived(WithMeta):
    pass
