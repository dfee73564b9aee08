try:
    import here.gone  # expect: HW101(fault)
except ModuleNotFoundError:
    raise
except ImportError:
    pass
