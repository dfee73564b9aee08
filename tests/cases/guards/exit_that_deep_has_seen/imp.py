try:
    import ends  # expect: HW141(cascade)
except ImportError:
    pass
