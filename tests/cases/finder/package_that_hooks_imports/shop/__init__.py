import shop.extern.tool
from shop.extern import tool
from shop.extern.tool.deep import part
import mirror.functions
import shop.absent  # expect: HW101
