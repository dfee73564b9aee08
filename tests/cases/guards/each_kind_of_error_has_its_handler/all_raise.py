try:
    from here.there import y  # expect: HW111(fault)
except ModuleNotFoundError:
    raise
except ImportError:
    raise
