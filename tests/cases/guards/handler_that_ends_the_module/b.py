try:
    import here.gone_a  # expect: HW101(fault)
except ImportError as error:
    print("install it")
    raise ImportError("install it") from error
