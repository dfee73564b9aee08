import threading

thread = threading.Thread(target=globals().__setitem__, args=("X", 1))
thread.start()
thread.join()
