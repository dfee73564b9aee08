try:
    import broken  # expect: HW141(cascade)
except ImportError:
    pass
