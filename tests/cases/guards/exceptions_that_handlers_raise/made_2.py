try:
    import made  # expect: HW141(unknown)
except Exception:
    pass
