try:
    import of_all  # expect: HW141(cascade)
except ImportError:
    pass
