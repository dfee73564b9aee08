try:
    import of_all  # expect: HW141(cascade)
except Exception:
    pass
