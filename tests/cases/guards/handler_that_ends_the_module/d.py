try:
    from here.gone_a import x  # expect: HW101(optional)
except ImportError:
    try:
        from here.gone_b import x  # expect: HW101(fault)
    except ImportError:
        exit(1)
