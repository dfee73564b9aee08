import tool_box
import tool_box.inner
import other  # expect: HW104
