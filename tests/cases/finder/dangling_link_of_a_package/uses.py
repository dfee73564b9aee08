import gone  # expect: HW101
