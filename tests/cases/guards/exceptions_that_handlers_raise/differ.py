import sys

try:
    import here.gone  # expect: HW101(fault)
except ModuleNotFoundError:
    sys.exit(1)
except ImportError:
    raise
