from mirror import first
import mirror.made
from mirror.plain import Y  # expect: HW214
