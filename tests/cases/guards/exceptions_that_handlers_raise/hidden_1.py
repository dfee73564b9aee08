try:
    import hidden  # expect: HW141(unknown)
except ImportError:
    pass
