import shop.base
import shop.base as short
import shop.parts.one
import shop.sets
from shop import base, lazy, parts


class Table(base.Model):
    number = short.size


@base.register
def function():
    return base.gone


x = base.size + shop.base.size + parts.one.value + shop.parts.one.value
y = base.later
z = base.__name__ + base.__file__ + base.size.__doc__
z = lazy.there
base.added = 1
z = base.added
z = lambda: base.gone
z = getattr(base, "gone", None)
if hasattr(base, "gone"):
    z = base.gone
try:
    z = base.gone
except AttributeError:
    pass
z = [base.gone for base in ()]
z = {"base.gone": "see base.gone"}
z = str((lambda: base.gone), )
z = [
    # base.gone
    base.size,
]
z = list(base.gone for one in ())
