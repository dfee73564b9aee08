import lib.stall  # expect: HW203
