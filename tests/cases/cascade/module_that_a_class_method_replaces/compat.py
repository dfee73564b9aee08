import sys


class Overlay:
    @classmethod
    def replace(cls, name):
        sys.modules[name] = cls()

    def __getattr__(self, name):
        return name


Overlay.replace(__name__)
