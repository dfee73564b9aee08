from shop import base


def function(x: base.gone = None):  # expect: HW111
    pass
