if None:
    import here.a  # expect: HW101(optional)
