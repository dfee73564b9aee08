import typing.io  # expect: HW214
import string.templatelib  # expect: HW214
import re._parser
import importlib.resources.abc
