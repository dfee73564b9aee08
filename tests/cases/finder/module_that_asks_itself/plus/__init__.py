from .part import *
from . import thing
