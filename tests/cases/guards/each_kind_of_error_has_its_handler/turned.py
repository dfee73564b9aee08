try:
    import here.gone  # expect: HW101(fault)
except ModuleNotFoundError as error:
    raise RuntimeError("install it") from error
