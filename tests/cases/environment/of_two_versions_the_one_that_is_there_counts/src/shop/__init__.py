import numcore.linalg
import numcore.old  # expect: HW214
