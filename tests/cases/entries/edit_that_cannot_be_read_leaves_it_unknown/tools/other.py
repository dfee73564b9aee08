import shop  # expect: HW104
import installed
