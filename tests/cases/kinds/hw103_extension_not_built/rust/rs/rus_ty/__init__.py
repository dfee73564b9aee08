from .rus_ty import *  # expect: HW103
from ._rust import add  # expect: HW101
