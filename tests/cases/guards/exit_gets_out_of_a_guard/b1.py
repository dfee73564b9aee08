try:
    import raises_exit  # expect: HW141(cascade)
except ImportError:
    pass
