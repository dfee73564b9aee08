import alpha
import gamma  # expect: HW501
