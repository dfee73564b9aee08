try:
    import again  # expect: HW141(optional)
except BaseException:
    pass
