from for_checkers import Tyre
