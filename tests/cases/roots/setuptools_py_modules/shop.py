import till
import gone  # expect: HW203
