from contextlib import suppress

import pk

try:
    try:
        import pk.one  # expect: HW101(optional)
    except ImportError:
        raise RuntimeError("none")
except RuntimeError:
    pass

with suppress(SystemExit):
    try:
        import pk.two  # expect: HW101(optional)
    except ImportError:
        raise SystemExit

try:
    import pk.three  # expect: HW101(fault)
except ImportError:
    raise SystemExit
