import importlib

backend = importlib.import_module("shop.gone")  # expect: HW101(fault)
