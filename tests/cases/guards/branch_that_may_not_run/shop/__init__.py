import os

if os.name == "nt":
    from shop.other import windows  # expect: HW111(unknown)
    import shop.registry  # expect: HW101(unknown)
for name in os.environ:
    import shop.variable  # expect: HW101(unknown)
try:
    os.fork
except AttributeError:
    import shop.fork  # expect: HW101(unknown)
