try:
    import shop.fast  # expect: HW101
except KeyError:
    pass
