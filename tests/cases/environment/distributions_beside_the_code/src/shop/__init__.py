from importlib.metadata import version

__version__ = version("shop-tools")
OTHER = version("shop")  # expect: HW201(environment)
