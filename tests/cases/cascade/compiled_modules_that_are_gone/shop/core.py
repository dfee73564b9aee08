import corekit  # expect: HW141
