"""Of modules whose source shows all of their names, which is not there to read."""
from json import nope  # expect: HW214(fault)
from xml.etree import nope  # expect: HW214(fault)
from json import loads, codecs
from json import _private
from os import nope
import json.loads
