from shop import base

del base.gone  # expect: HW111
