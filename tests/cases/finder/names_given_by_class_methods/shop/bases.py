import sys


class Base:
    size = 1

    @staticmethod
    def export(cls):
        for name in ["size"]:
            setattr(sys.modules[cls.__module__], name, getattr(cls, name))
        setattr(sys.modules[cls.__module__], "Shown", cls)
        return cls

    @classmethod
    def register(cls, other):
        setattr(sys.modules[other.__module__], "registered_by", cls)
        return other
