from shop import base


def function(x=base.gone):  # expect: HW111
    pass
