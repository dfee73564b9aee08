try:
    import of_all  # expect: HW141(optional)
except BaseException:
    pass
