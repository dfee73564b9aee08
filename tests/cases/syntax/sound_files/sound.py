"""Everything here compiles."""
from __future__ import annotations

match = {1: 'a'}
match[1] = "it's"
type = int
print(f"{match[1]!r:>{10}} {{}} {'x' if type else 'y'}")
x = [1,
  2]  # brackets free the indentation
if x: pass
else:
	y = '\x41\N{BULLET}'
