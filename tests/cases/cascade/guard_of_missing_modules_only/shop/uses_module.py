try:
    from shop import lacks_module  # expect: HW141(optional)
except ModuleNotFoundError:
    lacks_module = None
