import importlib

__all__ = ["gone", "here"]


def __getattr__(name):
    if name in __all__:
        return importlib.import_module("." + name, __name__)  # expect: HW101
    raise AttributeError(name)
