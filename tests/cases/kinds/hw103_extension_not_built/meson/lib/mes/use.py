import mes.sub._here  # expect: HW103
from mes import _elsewhere  # expect: HW111
from mes import _somewhere  # expect: HW103
from . import _path  # expect: HW103
import mes_top  # expect: HW103
import numpy  # expect: HW203
from mes import _commented  # expect: HW111
from ._build_config import version  # expect: HW103
