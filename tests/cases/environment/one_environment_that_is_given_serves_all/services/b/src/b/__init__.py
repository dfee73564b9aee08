import alpha
import gamma  # expect: HW104
