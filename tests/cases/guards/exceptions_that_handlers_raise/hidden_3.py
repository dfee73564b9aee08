try:
    import hidden  # expect: HW141(optional)
except BaseException:
    pass
