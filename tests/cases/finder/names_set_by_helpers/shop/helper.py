import sys


def fill(module, names):
    for name in names:
        setattr(module, name.upper(), 1)


def export(cls):
    setattr(sys.modules[cls.__module__], "Can" + "vas", cls)
    return cls
