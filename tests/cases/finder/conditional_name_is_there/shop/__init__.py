import sys
if sys.argv:
    X = 1
