try:
    import own  # expect: HW141(optional)
except BaseException:
    pass
