def f(:  # expect: HW301
