try:
    import through  # expect: HW141(cascade)
except ImportError:
    pass
