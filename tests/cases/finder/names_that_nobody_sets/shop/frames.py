import sys


def register(function):
    """Reads the globals of who calls, and sets nothing."""
    frame = sys._getframe(1)
    function.owner = frame.f_globals.get("__name__", "__main__")
    function.path = frame.f_globals["__file__"]
    return function


def publish(name, value):
    """Sets a name on who calls."""
    sys._getframe(1).f_globals[name] = value


def publish_all(**names):
    names_of_caller = sys._getframe(1).f_globals
    for name in names:
        names_of_caller[name] = names[name]


def module_of_caller():
    return sys.modules[sys._getframe(1).f_globals["__name__"]]
