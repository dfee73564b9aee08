from contextlib import suppress

with suppress(ImportError):
    import shop.fast  # expect: HW101
