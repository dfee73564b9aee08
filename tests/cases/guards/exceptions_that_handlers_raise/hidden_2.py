try:
    import hidden  # expect: HW141(unknown)
except Exception:
    pass
