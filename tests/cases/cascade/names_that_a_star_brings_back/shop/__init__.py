from .core import *
from .more import *
