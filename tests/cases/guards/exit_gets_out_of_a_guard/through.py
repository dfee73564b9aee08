import exits  # expect: HW141(cascade)
