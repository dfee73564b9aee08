import os, \
    sys
from os import (
    path,
)
from os import *

x = y = 1
x == y
x in (y,)
x if y else x
x is not y
not x
assert "x"
lambda: x
~x
-x
*x, y = [1], 2
...
x = 1.
x: int = 1,
del x
for x in ():
    pass
else:
    y = 2
while x:
    break
else:
    if x:
        pass
    elif y:
        pass
    else:
        pass
try:
    pass
except OSError:
    pass
except ImportError:
    pass
else:
    y = 3
finally:
    pass
if x: pass
else: pass


async def f():
    async for each in x:
        pass
    else:
        pass


match = 1
print = 2
match is print
from os import (
    path,
    getcwd as here,
)
from os import *
import os . path, sys as system
