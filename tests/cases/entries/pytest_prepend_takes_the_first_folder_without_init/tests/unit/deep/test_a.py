from unit.deep import test_b
import test_b  # expect: HW203
import gone  # expect: HW203
