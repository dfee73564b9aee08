import sys

try:
    try:
        import here.gone_e  # expect: HW101(fault)
    finally:
        sys.exit(1)
    import here.gone_f  # expect: HW101(optional)
except ImportError:
    pass
