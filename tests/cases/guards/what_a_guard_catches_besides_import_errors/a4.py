import contextlib

with contextlib.suppress(Exception):
    import broken  # expect: HW141(optional)

with contextlib.suppress(ImportError):
    import broken  # expect: HW141(cascade)
