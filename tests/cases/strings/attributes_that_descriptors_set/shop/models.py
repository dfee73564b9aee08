from shop import fields
from shop.fields import Meta
from shop.plain import Plain


class Order:
    title = fields.Text()


class Invoice:
    title = Plain()


class Limited(metaclass=Meta):
    pass
