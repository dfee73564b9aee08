from . import _build
