"""What is raised is no ModuleNotFoundError: it gets out as it is."""
try:
    from here.there import y  # expect: HW111(fault)
except ModuleNotFoundError:
    raise RuntimeError("install it")
