from hook import limit  # expect: HW121
