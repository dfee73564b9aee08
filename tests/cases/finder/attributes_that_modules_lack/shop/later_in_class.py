from shop import base


class Table(base.Model):
    """A table of base.anything."""

    number = base.size
    kind = base.gone  # expect: HW111
