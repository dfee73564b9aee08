import contextlib
import threading


def fill(_=None):
    for globals()["X"] in range(2):
        pass


contextlib.ExitStack().callback(print)
thread = threading.Thread(target=fill)
thread.start()
thread.join()
