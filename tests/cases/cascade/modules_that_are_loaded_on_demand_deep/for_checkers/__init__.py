import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .broken import Engine
    from .sound import Wheel as Tyre

    from . import broken as part
else:
    from for_checkers.lazy import Loader

    sys.modules[__name__] = Loader(__name__, globals()["__file__"])
