"""The first handler that fits takes it."""
try:
    import broken  # expect: HW141(cascade)
except ImportError:
    pass
except Exception:
    raise

try:
    import broken  # expect: HW141(cascade)
except ModuleNotFoundError:
    raise
except ImportError:
    pass

try:
    import broken  # expect: HW141(optional)
except ImportError:
    raise
except Exception:
    pass
