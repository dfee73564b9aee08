from ..other import x  # expect: HW122
