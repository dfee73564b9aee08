import nsb.pkg.mod
import nsb.pkg.gone  # expect: HW101
from nsb import pkg
