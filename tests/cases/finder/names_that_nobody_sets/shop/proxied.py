import sys


class Proxy:
    inner = None

    def __setattr__(self, name, value):
        setattr(self.inner, name, value)


class Later(Proxy):
    def fill(self, others):
        for other in others:
            setattr(other, "size", "shop.proxied" in sys.modules)


later = Later()
