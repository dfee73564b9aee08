import otherkit  # expect: HW141
