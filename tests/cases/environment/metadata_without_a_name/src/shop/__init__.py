import numcore
import numcore.absent  # expect: HW214
