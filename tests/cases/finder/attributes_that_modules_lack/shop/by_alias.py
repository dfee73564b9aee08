import shop.base as short

x: int = short.gone  # expect: HW111
