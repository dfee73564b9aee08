import sys

try:
    import here.gone  # expect: HW101(fault)
except ImportError:
    sys.exit(1)
