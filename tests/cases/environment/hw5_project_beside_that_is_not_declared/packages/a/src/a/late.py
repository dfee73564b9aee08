def late():
    from d import more  # expect: HW501
