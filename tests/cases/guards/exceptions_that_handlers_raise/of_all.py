try:
    import here.gone  # expect: HW101(fault)
except ImportError as error:
    raise BaseException("gone") from error
