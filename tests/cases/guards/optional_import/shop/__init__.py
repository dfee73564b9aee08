try:
    import shop.fast as fast  # expect: HW101
except ImportError:
    fast = None
