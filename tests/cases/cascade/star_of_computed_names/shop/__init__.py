from .blocks import *
