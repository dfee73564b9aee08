try:
    import shop.absent  # expect: HW101(optional)
except ImportError:
    absent = None
else:
    from shop.absent import name  # expect: HW101(optional)

try:
    import shop.there
except ImportError:
    there = None
else:
    from shop.absent import name  # expect: HW101(fault)
