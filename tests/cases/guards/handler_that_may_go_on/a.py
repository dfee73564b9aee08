import contextlib
import os
import sys
import unittest

try:
    import here.gone_a  # expect: HW101(optional)
except ImportError:
    if os.environ.get("STRICT"):
        raise

try:
    import here.gone_b  # expect: HW101(optional)
except ModuleNotFoundError:
    pass
except ImportError:
    raise

try:
    try:
        import here.gone_c  # expect: HW101(optional)
    except ImportError:
        raise ImportError("none")
except Exception:
    c = None

with contextlib.suppress(ImportError):
    try:
        import here.gone_d  # expect: HW101(optional)
    except ImportError:
        raise

try:
    import here.gone_e  # expect: HW101(optional)
except ImportError:
    raise unittest.SkipTest("no e")


def later():
    try:
        import here.gone_f  # expect: HW101(optional)
    except ImportError:
        raise RuntimeError("install it")


try:
    import here.gone_g  # expect: HW101(fault)
    try:
        import here.gone_h  # expect: HW101(optional)
    except ImportError:
        pass
except ImportError:
    sys.exit(1)
