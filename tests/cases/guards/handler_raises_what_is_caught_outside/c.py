"""Each handler and each `with` is asked in its order, from the inside."""
from contextlib import suppress

import pk

with suppress(KeyError):
    try:
        try:
            import pk.o  # expect: HW101(optional)
        except ImportError:
            raise KeyError("none")
    except ValueError:
        pass

with suppress(KeyError):
    try:
        try:
            import pk.p  # expect: HW101(fault)
        except ImportError:
            raise KeyError("none")
    except ValueError:
        raise ImportError("none")
    except:
        raise RuntimeError("none")

with suppress(ImportError):
    try:
        try:
            import pk.q  # expect: HW101(unknown)
        except ImportError:
            raise
    except ImportError:
        raise RuntimeError("none")
