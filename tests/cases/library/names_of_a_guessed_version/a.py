from collections import Mapping  # expect: HW214
