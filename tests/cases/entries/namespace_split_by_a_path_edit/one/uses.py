import ns.other
import ns.text
from ns import other, text
from ns import nowhere  # expect: HW214
