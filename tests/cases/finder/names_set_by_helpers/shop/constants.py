from . import helper
from .other import this_module

helper.fill(this_module(), ["speed"])
