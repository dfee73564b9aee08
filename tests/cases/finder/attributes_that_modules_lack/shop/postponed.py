from __future__ import annotations

from shop import base


def function(x: base.gone = base.size) -> base.gone:
    y: base.gone = 1
    return y
