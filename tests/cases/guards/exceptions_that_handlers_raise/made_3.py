try:
    import made  # expect: HW141(optional)
except BaseException:
    pass
