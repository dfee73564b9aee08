from numcore import _speed
import numcore._other  # expect: HW214
