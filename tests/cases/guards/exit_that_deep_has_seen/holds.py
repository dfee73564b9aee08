try:
    import ends  # expect: HW141(optional)
except:
    pass
