from branch import limit  # expect: HW121
