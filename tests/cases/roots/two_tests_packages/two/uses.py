from tests.tools import Y  # expect: HW123
