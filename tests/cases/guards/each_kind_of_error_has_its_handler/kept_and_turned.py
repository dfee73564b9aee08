try:
    import here.gone  # expect: HW101(fault)
except ModuleNotFoundError:
    raise ImportError("install it")
except ImportError:
    pass
