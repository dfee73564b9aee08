import re
import threading


class Reader:
    """What a method that returns early has bound stays bound."""

    def __init__(self, text):
        self.text = text
        self.token = None

    def check(self, pattern):
        match = re.match(pattern, self.text)
        if match is None:
            return False
        self.token = match
        return True

    def read(self):
        assert self.token is not None
        return self.token

    def expect(self, pattern):
        if not self.check(pattern):
            raise ValueError(pattern)
        return self.read()


Reader("a1").expect("[a-z]")


class Binding:
    """A class method, which is decorated, binds names of its class."""

    lib = None
    lock = threading.Lock()

    def __init__(self):
        self.prepare()

    @classmethod
    def prepare(cls):
        with cls.lock:
            cls.lib = threading


Binding()
LOCK = Binding.lib.Lock

FOUND = None
for each in re.findall("[a-z]", "abc"):
    if each == "b":
        FOUND = each
        break
print(FOUND.upper())
