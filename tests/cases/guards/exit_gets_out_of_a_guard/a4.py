try:
    import exits  # expect: HW141(optional)
except (OSError, BaseException):
    pass
