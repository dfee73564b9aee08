try:
    from here.there import y  # expect: HW111(fault)
except ModuleNotFoundError:
    pass
except ImportError:
    raise
except Exception:
    pass
