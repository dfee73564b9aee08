import shared.one
import shared.two
import shared.three  # expect: HW214
