try:
    from shop import broken  # expect: HW141(optional)
except ImportError:
    broken = None
