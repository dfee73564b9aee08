from shop.bracketed import WithMeta


class Own(
    WithMeta,
):
    pass
