import os.path
import os.nope  # expect: HW214
import os.path.join  # expect: HW214
import sys.nope  # expect: HW214
import datetime.datetime  # expect: HW214
import collections.abc
import collections.nope  # expect: HW214
import importlib.util.nope  # expect: HW214
import concurrent.futures.nope  # expect: HW214
import xml.parsers.expat.errors
import xml.etree.ElementTree.Element  # expect: HW214
import zipfile._path
import asyncio.windows_events
import unittest.test
import venv.__main__
import tkinter.nope
from os.nope import x  # expect: HW214
from os.path import join

try:
    import os.nope  # expect: HW214(optional)
except ImportError:
    pass


def run():
    import time.nope  # expect: HW214
