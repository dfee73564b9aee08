from shop import base

x = str(base.gone, "utf-8")  # expect: HW111
