try:
    import here.gone  # expect: HW101(fault)
except ImportError:
    raise ImportError("install it")
