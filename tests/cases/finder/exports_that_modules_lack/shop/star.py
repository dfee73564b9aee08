from shop.lacks import *  # expect: HW111
