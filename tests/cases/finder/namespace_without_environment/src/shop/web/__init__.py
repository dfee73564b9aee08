# shop is a namespace package, of which shop-core may have another portion; nobody else has one of depot.
import shop.core
from shop import core
import shop.web.absent  # expect: HW101
import depot.there
import depot.absent  # expect: HW101
