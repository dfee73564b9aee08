from importlib.metadata import version

__version__ = version("shop_tools")  # expect: HW201(environment)
