try:
    import missing  # expect: HW141(optional)
except ImportError:
    pass
