from by_class import state
from whole.gone import App  # expect: HW101(fault)


def task(): ...
