try:
    import again  # expect: HW141(optional)
except Exception:
    pass
