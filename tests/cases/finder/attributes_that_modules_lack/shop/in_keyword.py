from shop import base

x = dict(of=base.gone)  # expect: HW111
