import sys


def fill():
    sys._getframe(1).f_globals["FILLED"] = 1
