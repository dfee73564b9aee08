import by_chain.not_there  # expect: HW101
