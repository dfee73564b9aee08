# `ast` has a `__getattr__`, which serves Num until 3.13; what nobody was asked for is unknown.
from ast import Num
from ast import nothing_that_was_asked_for
