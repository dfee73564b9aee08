import shop.extern.tool
from shop.extern import tool
from shop.extern.tool.deep import part
import shop.absent  # expect: HW101
