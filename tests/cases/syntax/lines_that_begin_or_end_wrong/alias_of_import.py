import os as  # expect: HW301
