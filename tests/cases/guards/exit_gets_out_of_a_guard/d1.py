try:
    import raises_again  # expect: HW141(optional)
except ImportError:
    pass
