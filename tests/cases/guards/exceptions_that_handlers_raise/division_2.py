try:
    import division  # expect: HW141(optional)
except Exception:
    pass
