import sys
import types


def recreate(name):
    old = sys.modules[name]
    new = types.ModuleType(name)
    new.__path__ = old.__path__
    new.Later = 1
    sys.modules[name] = new
    return old, new
