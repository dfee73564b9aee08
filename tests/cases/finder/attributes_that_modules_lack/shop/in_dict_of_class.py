from shop import base


class Meta:
    table = {"a": base.gone}  # expect: HW111
