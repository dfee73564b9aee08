from salt._sodium import lib  # expect: HW103
