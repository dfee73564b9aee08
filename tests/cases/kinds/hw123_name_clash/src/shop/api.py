from queue import Queue  # expect: HW123
