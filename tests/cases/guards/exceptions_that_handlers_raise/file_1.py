try:
    import file  # expect: HW141(cascade)
except ImportError:
    pass
