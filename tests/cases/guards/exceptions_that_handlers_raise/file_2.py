try:
    import file  # expect: HW141(optional)
except Exception:
    pass
