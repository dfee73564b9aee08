import os

__all__ = ["first"]
__all__ += [name for name in os.environ.get("STARS_NAMES", "options").split(",")]


def first():
    pass


def options():
    pass
