import sys
import types

from lazy.early import P


def recreate(name):
    old = sys.modules[name]
    new = types.ModuleType(name)
    new.__path__ = old.__path__
    sys.modules[name] = new
    return old, new
