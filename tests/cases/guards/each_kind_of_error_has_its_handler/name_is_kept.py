try:
    from here.there import y  # expect: HW111(optional)
except ModuleNotFoundError:
    raise
except ImportError:
    pass
