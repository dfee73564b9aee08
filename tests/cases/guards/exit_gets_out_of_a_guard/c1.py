try:
    import raises  # expect: HW141(cascade)
except ImportError:
    pass
