import compat
import os.extra
import os.other  # expect: HW214
