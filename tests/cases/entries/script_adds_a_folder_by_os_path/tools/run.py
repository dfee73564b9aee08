import os.path as osp
import sys
from os.path import abspath, dirname

here = dirname(abspath(__file__))
sys.path.append(osp.join(here, osp.pardir, "code"))
import shop
import nowhere  # expect: HW203
