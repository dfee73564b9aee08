import sys

sys.exit(3)  # expect: HW131
