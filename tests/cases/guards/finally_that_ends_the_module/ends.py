import sys

try:
    import here.gone_a  # expect: HW101(fault)
finally:
    sys.exit(1)

import here.gone_b  # expect: HW101(optional)
