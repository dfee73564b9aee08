from . import base


@base.gone  # expect: HW111
def function():
    pass
