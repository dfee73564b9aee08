from in_functions import broken  # expect: HW141(unknown)
