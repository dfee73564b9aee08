import alpha
import gamma  # expect: HW104
from shop.settings import VALUE  # expect: HW111
type Number = int
