import contextlib
import threading


def fill(_=None):
    first, globals()["X"] = 1, 2


contextlib.ExitStack().callback(print)
thread = threading.Thread(target=fill)
thread.start()
thread.join()
