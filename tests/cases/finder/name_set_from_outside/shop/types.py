from . import base

base.NULL = base.Base()


def late():
    from shop import base as other

    other.LATER = 1
    assert base.NOBODY == 2


late()
