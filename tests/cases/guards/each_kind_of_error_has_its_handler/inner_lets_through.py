try:
    try:
        import here.there
    except ModuleNotFoundError:
        pass
    import here.gone  # expect: HW101(fault)
except ImportError:
    raise
