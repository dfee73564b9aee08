try:
    import shop.two_ways  # expect: HW141(optional)
except ImportError:
    pass
