from shop import uses_symbol  # expect: HW141(cascade)
from shop import uses_module
