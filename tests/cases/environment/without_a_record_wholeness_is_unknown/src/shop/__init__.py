import numcore
import numcore.linalg  # expect: HW214
import other  # expect: HW211
