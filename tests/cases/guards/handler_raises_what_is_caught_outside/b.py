"""Whether what a handler raises is held outside."""
from contextlib import nullcontext, suppress

import pk

try:
    try:
        import pk.n  # expect: HW101(fault)
    except ImportError:
        raise
except ValueError:
    pass

try:
    try:
        import pk.b  # expect: HW101(optional)
    except ImportError:
        raise
except (ValueError, ImportError):
    pass

try:
    try:
        import pk.r  # expect: HW101(fault)
    except ImportError as error:
        raise KeyError("none") from error
except ImportError:
    pass

try:
    try:
        import pk.d  # expect: HW101(optional)
    except ImportError:
        raise KeyError("none")
except LookupError:
    pass

try:
    try:
        import pk.e  # expect: HW101(unknown)
    except ImportError:
        raise KeyError("none")
except pk.Error:
    pass

with nullcontext():
    try:
        import pk.f  # expect: HW101(unknown)
    except ImportError:
        raise

with suppress(ImportError):
    try:
        import pk.g  # expect: HW101(optional)
    except ImportError:
        raise

with suppress(ImportError):
    try:
        import pk.h  # expect: HW101(fault)
    except ImportError:
        raise KeyError("none")

try:
    with nullcontext():
        try:
            import pk.i  # expect: HW101(optional)
        except ImportError:
            raise KeyError("none")
except Exception:
    pass

try:
    try:
        try:
            import pk.j  # expect: HW101(optional)
        except ImportError:
            raise KeyError("none")
    except KeyError:
        raise ImportError("none")
except ImportError:
    pass

try:
    try:
        import pk.k  # expect: HW101(fault)
    except ImportError:
        raise KeyError("none")
except Exception:
    raise

try:
    try:
        import pk.l  # expect: HW101(optional)
    except ImportError:
        raise
except ImportError:
    import pk.m  # expect: HW101(fault)
