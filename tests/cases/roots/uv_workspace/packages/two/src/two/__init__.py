from common import THREE
import two.gone  # expect: HW101
