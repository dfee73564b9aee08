try:
    import division  # expect: HW141(cascade)
except ImportError:
    pass
