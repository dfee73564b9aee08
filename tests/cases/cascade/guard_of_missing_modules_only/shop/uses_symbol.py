try:
    from shop import lacks_symbol  # expect: HW141(cascade)
except ModuleNotFoundError:
    lacks_symbol = None
