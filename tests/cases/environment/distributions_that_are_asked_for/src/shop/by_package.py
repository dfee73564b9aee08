from importlib.metadata import version

__version__ = version(__package__)  # expect: HW202(environment)
