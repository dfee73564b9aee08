try:
    import raises  # expect: HW141(optional)
except Exception:
    pass
