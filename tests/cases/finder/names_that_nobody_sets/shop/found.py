import sys

from shop.frames import module_of_caller

for each in dir(sys):
    setattr(module_of_caller(), each.upper(), 1)
