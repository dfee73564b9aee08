from shop import base

x = [one for one in (base.size, base.gone)]  # expect: HW111
