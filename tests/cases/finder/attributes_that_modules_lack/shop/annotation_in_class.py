from shop import base


class Table:
    number = base.size
    kind: int = base.gone  # expect: HW111
