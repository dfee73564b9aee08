from shop.helper import (
    Base,
)


class Own(
    # Whoever derives from it (and this is one)
    Base,
):
    pass
