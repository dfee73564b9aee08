import numcore
import numcore.linalg  # expect: HW211
from numcore import array
from numcore.whatever import x  # expect: HW211
