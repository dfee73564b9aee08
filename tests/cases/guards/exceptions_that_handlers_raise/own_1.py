try:
    import own  # expect: HW141(unknown)
except ImportError:
    pass
