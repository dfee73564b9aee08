import register
import pkg.made
import pkg.made.inner
from pkg import other
from pkg.other import x
import pkg.read  # expect: HW101
import pkg.deeper  # expect: HW101
import numcore.fake  # expect: HW203
