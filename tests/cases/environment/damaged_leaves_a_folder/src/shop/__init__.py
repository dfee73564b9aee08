import numcore  # expect: HW211
import numcore.linalg  # expect: HW211
from numcore import array  # expect: HW211
from numcore.linalg import solve  # expect: HW211

try:
    import numcore.fft  # expect: HW211
except ImportError:
    pass
