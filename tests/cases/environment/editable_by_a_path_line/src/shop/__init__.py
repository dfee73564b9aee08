import tool.inner
import tool.absent  # expect: HW214
