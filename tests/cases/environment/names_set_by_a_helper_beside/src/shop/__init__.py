from mirror import first
from mirror.plain import Y  # expect: HW214
