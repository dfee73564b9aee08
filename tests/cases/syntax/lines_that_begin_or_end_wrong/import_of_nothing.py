from .import  # expect: HW122 HW301
