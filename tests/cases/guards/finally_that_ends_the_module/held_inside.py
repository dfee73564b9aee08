import sys

try:
    try:
        import here.gone_m  # expect: HW101(optional)
    except ImportError:
        pass
    finally:
        sys.exit(1)
except ImportError:
    pass
