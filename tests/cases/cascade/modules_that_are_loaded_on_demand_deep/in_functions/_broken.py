import in_functions.gone  # expect: HW101(fault)

broken = 1
