from . import shop  # expect: HW122
from .shop import models  # expect: HW122
