from ast import Num  # expect: HW214
from ast import Constant
