import numcore
from numcore import array  # expect: HW201
import numcore.linalg  # expect: HW201
