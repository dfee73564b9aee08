try:
    import here.gone  # expect: HW101(optional)
except ModuleNotFoundError:
    pass
except ImportError:
    raise
