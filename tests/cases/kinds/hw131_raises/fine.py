from enum import Enum


class Mode(str, Enum):
    FAST = "fast"


# What a metaclass makes of a name is not what the class body binds.
DEFAULTS = {Mode.FAST.value: 1}


class Noted:
    size: int
    # A class body with annotations has the name.
    __slots__ = tuple(__annotations__)
