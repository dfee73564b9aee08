import sys

try:
    import here.a  # expect: HW101(optional)
except Exception:
    pass
except ImportError:
    sys.exit(1)
