import sys

try:
    import here.gone  # expect: HW101(fault)
except ImportError:
    raise SystemExit(1)
