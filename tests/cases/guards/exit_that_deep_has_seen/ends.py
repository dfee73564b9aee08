try:
    import here.gone  # expect: HW101(fault)
except ImportError:
    import sys
    sys.exit(1)
