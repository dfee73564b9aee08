import gevent.monkey  # expect: HW202
from eventlet import spawn  # expect: HW201
import ours.gone  # expect: HW101
from ours import gone  # expect: HW111
try:
    from gevent import sleep  # expect: HW202(optional)
except ModuleNotFoundError:
    pass
from requests import get  # expect: HW202
from tidewire import swell  # expect: HW111(unknown)
