try:
    from . import _core
except ImportError:
    _core = None
