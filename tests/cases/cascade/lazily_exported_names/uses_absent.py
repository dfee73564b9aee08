from by_dict import absent  # expect: HW111
