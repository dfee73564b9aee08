from errors import GoneError

try:
    import here.gone  # expect: HW101(fault)
except ImportError as error:
    raise GoneError("gone")
