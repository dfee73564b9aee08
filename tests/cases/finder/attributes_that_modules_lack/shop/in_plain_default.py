from shop import base


def function(first, x=base.gone, *, last=None) -> None:  # expect: HW111
    return None
