import alpha
import gamma  # expect: HW104
from shop.settings import VALUE
type Number = int
