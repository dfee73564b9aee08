from for_checkers import Engine  # expect: HW141(unknown)
