import numpy
import bs4  # expect: HW203
