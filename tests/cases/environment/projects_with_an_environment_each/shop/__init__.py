import alpha
import gamma  # expect: HW104
from shop.settings import VALUE  # expect: HW141
type Number = int
