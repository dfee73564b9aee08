from importlib import import_module

try:
    backend = import_module("shop.gone")
except ImportError:
    backend = None

there = import_module("shop.there")


def later():
    return import_module("shop.gone")
