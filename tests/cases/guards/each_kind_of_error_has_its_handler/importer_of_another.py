try:
    import another  # expect: HW141(optional)
except ImportError:
    pass

try:
    import another  # expect: HW141(unknown)
except ModuleNotFoundError:
    pass
