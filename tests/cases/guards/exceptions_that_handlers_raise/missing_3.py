try:
    import missing  # expect: HW141(optional)
except BaseException:
    pass
