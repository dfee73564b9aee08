"""Containers change through whatever else leads to them."""
import atexit
import random
import sys


class Color:
    names = []
    __all__ = []

    def __init__(self, name):
        self.names.append(name)
        if name not in self.__all__:
            self.__all__.append(name)


Color("red")
if not Color.names or not Color.__all__:
    print(random.nothing_like_it)

FIRST, SECOND = [], []
(FIRST if random.random() < 0.5 else SECOND).append(1)
if not FIRST and not SECOND:
    print(random.nothing_like_it)

REGISTRY = {}
SEEN = set()


def register(function):
    REGISTRY[function.__name__] = function
    SEEN.add(function)
    return function


for each in filter(None, map(register, [print])):
    pass
if not REGISTRY or not SEEN:
    print(random.nothing_like_it)


class Slotted:
    __slots__ = ["value", "other"]


DESCRIPTOR = Slotted.value

COUNT = None


def count():
    global COUNT, LATER
    COUNT = LATER = len(sys.argv)


atexit.register(count)
for each in filter(None, [count]):
    each()
if COUNT is None:
    print(random.nothing_like_it)
print(LATER)


def reload():
    global COMMANDS
    COMMANDS = dict(COMMANDS)


COMMANDS = {"reload": reload}
atexit.register(reload)
