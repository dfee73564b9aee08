from by_dict import nothing  # expect: HW111
