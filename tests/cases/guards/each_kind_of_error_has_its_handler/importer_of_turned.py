try:
    import turned  # expect: HW141
except ImportError:
    pass
