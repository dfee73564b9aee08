from common import B
from common import A  # expect: HW111
