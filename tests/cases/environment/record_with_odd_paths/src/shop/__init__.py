import numcore
import numcore.absent  # expect: HW214
import odd.quoted
