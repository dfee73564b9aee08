import ui  # expect: HW203
