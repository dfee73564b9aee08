# 3.12: what fills itself while it runs is known by what interpreters say.
from asyncio import coroutine  # expect: HW214
from collections import Mapping  # expect: HW214
from collections import OrderedDict, abc
from inspect import getargspec  # expect: HW214
from itertools import chain, izip  # expect: HW214
from os import getcwd, getcwdu  # expect: HW214
from time import clock  # expect: HW214
from types import StringTypes  # expect: HW214
from typing import Self, nothing_of_the_kind  # expect: HW214
from urllib import parse
from urllib import urlencode  # expect: HW214
