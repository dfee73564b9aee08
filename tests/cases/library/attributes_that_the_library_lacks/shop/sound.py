import collections
import os
import string
import sys
import xml

PY2 = sys.version_info[0] == 2
letters = string.letters if PY2 else string.ascii_letters
working_folder = PY2 and os.getcwdu()
if PY2:
    maketrans = string.maketrans
try:
    Mapping = collections.Mapping
except AttributeError:
    Mapping = None
later = lambda: string.letters
where = os.path.join(os.getcwd(), string.digits)
tree = hasattr(xml, "nothing") and xml.nothing


def function():
    return string.letters
