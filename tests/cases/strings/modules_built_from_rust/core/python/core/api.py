import core.core  # expect: HW103
