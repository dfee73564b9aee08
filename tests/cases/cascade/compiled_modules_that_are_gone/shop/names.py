import namekit  # expect: HW141
