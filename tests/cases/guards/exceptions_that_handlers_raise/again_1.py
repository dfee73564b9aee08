try:
    import again  # expect: HW141(optional)
except ImportError:
    pass
