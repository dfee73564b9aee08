import trainkit  # expect: HW141
