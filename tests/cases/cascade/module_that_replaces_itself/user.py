import lazy  # expect: HW141
