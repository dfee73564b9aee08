try:
    import raises_import_error  # expect: HW141(optional)
except ImportError:
    pass
