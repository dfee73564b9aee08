from tool import MODULE
import tool.part  # expect: HW101
