"""What is held of errors that are no ImportError is not known."""
try:
    import broken  # expect: HW141(unknown)
except ImportError:
    raise
except SyntaxError:
    pass

try:
    import broken  # expect: HW141(unknown)
except (ImportError, SyntaxError):
    pass

try:
    import broken  # expect: HW141(unknown)
except ImportError:
    pass
except Exception:
    raise RuntimeError("mend it")
