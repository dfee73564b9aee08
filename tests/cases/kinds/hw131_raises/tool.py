import sys

LIMIT = MISSING + 1  # expect: HW131
