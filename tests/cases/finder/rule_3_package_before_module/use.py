from tool import PACKAGE
from tool import MODULE  # expect: HW111
