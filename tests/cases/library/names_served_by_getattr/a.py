# `ast` has a `__getattr__`, which serves Num until 3.13, and no name of nobody's.
from ast import Num
from ast import nothing_that_was_asked_for  # expect: HW214(fault)
from concurrent.futures import ThreadPoolExecutor, ThreadPool  # expect: HW214(fault)
from unittest import IsolatedAsyncioTestCase, TestCases  # expect: HW214(fault)
from asyncio import perhaps_of_another_platform
