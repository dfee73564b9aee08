try:
    import broken  # expect: HW141(optional)
except:
    pass
