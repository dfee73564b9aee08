from by_dict import load  # expect: HW141(unknown)
