try:
    try:
        import here.gone_g  # expect: HW101(fault)
    finally:
        raise ImportError("not a missing module")
except ModuleNotFoundError:
    pass
