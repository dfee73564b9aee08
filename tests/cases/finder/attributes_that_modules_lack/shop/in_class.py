from shop import base


class Table(base.Model):
    number = base.gone  # expect: HW111
