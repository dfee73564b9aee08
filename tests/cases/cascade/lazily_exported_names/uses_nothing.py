from by_chain import nothing  # expect: HW111
