import importlib

_WHERE = {"load": ".io", "sound": ".whole"}


def __getattr__(name):
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(importlib.import_module(_WHERE[name], __name__), name)
