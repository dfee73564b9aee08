import sys

import here.gone_a  # expect: HW101(fault)

if len(sys.argv) > 1:
    sys.exit(1)
    import here.gone_b  # expect: HW101(optional)
import here.gone_c  # expect: HW101(fault)

sys.exit(0)

import here.gone_d  # expect: HW101(optional)

try:
    import here.gone_e  # expect: HW101(optional)
except ImportError:
    raise
