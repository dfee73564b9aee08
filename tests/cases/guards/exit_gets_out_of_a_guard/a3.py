try:
    import exits  # expect: HW141(optional)
except:
    pass
