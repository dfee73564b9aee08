import collections
import functools
from collections import OrderedDict
from linecache import getline
from random import choice  # expect: HW123

print(collections.OrderedDict, functools, OrderedDict, choice, getline)
