import shared.one
import shared.two  # expect: HW214
