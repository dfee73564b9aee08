from tools_of_tests import T
from tools_of_tests import U  # expect: HW111
