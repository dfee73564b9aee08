import tool
import other  # expect: HW104
