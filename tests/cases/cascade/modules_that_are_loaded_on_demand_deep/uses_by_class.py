from by_class import task  # expect: HW141(unknown)
