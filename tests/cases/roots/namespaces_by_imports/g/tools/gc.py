import tools.gb  # expect: HW203
