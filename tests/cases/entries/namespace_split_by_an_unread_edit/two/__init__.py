import os
import sys

sys.path.extend(((v := os.path.join(os.path.dirname(__file__), "_vendor")) not in sys.path) * [v])
from . import uses
