try:
    import division  # expect: HW141(optional)
except BaseException:
    pass
