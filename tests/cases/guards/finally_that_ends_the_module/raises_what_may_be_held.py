from here import Error

try:
    try:
        import here.gone_l  # expect: HW101(unknown)
    finally:
        raise RuntimeError("held, if Error is a base of it")
except Error:
    pass
