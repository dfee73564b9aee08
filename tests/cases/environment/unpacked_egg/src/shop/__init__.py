import tool
import tool.absent  # expect: HW214
