import by_handler  # expect: HW141
