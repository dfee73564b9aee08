from shop import base

base.gone += 1  # expect: HW111
