try:
    import kept_and_turned  # expect: HW141(unknown)
except ModuleNotFoundError:
    raise
except ImportError:
    pass
