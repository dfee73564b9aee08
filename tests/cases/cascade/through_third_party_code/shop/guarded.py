try:
    import trainkit  # expect: HW141
except ImportError:
    trainkit = None
