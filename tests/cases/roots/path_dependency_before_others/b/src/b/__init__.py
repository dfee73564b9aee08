from common import Z
from common import A  # expect: HW111
