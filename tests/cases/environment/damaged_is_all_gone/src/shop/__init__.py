import numcore  # expect: HW211
from numcore.linalg import solve  # expect: HW211
