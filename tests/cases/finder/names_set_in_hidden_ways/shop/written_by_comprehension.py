import contextlib
import threading


def fill(_=None):
    return [0 for globals()["X"] in range(2)]


contextlib.ExitStack().callback(print)
thread = threading.Thread(target=fill)
thread.start()
thread.join()
