from shop import pick  # expect: HW141
from shop import take
