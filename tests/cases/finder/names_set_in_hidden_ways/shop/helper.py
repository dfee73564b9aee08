import contextlib
import inspect
import sys


def export(name):
    sys._getframe(1).f_locals[name] = 1


class Writer:
    def __init__(self, names):
        self.names = names

    def __enter__(self):
        self.names["X"] = 1

    def __exit__(self, *_):
        pass


def keep(function):
    setattr(inspect.getmodule(function), "X", function)
    return function


def of_function(function):
    function.__globals__["X"] = function
    return function


class Base:
    def __init_subclass__(cls):
        setattr(sys.modules[cls.__module__], "X", cls)


class Meta(type):
    def __init__(cls, *_):
        setattr(sys.modules[cls.__module__], "X", cls)


class WithMeta(metaclass=Meta):
    pass
