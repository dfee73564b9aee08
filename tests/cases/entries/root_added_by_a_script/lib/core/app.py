import core.mony  # expect: HW101
