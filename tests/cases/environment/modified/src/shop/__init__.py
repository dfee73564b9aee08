import numcore
import numcore.linalg  # expect: HW212
