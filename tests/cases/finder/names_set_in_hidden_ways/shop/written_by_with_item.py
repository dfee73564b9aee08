import contextlib
import threading


def fill(_=None):
    with contextlib.nullcontext(1) as globals()["X"]:
        pass


contextlib.ExitStack().callback(print)
thread = threading.Thread(target=fill)
thread.start()
thread.join()
