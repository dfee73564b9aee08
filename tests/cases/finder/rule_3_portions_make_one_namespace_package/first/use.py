import tool.left
import tool.right
from tool import left, right
import tool.middle  # expect: HW101
