from shop import _old  # expect: HW103
import shop._old  # expect: HW103
from shop._old import speed  # expect: HW103
from shop import _own
from shop.deep import _any
from shop.deep._windows import fast  # expect: HW103
from shop.deep import _gone  # expect: HW111
import shop._old_one  # expect: HW101
