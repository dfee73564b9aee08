import os,  # expect: HW301
