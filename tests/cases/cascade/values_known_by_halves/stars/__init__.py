from . import options as options
from .names import *

options()
