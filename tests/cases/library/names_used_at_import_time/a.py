import collections
import inspect
import os

startfile = os.startfile if hasattr(os, "startfile") else None
print(inspect.getargspec(print))  # expect: HW214
