try:
    import exits  # expect: HW141(cascade)
except Exception:
    pass
