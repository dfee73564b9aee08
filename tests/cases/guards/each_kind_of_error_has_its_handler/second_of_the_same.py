"""The second handler takes nothing."""
try:
    from here.there import y  # expect: HW111(fault)
except ModuleNotFoundError:
    raise
except ModuleNotFoundError:
    pass
