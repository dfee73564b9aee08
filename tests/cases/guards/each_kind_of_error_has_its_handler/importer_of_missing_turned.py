try:
    import missing_turned  # expect: HW141(unknown)
except ImportError:
    pass
