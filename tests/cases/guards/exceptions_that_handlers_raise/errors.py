class GoneError(Exception):
    pass
