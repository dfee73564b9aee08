import sys

X = 1
sys.exit(3)  # expect: HW131
