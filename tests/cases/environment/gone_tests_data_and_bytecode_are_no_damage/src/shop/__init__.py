import numcore
import numcore.linalg
import numcore.absent  # expect: HW214
import numcore.tests.helpers  # expect: HW211
