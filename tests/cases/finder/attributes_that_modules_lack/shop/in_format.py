from shop import base

x = str(f"{base.gone}")  # expect: HW111
