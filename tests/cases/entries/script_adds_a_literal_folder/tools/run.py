import sys

sys.path.insert(0, "vendored")
import shop
import nowhere  # expect: HW203
