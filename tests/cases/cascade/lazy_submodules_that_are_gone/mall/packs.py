from mall import Bag  # expect: HW111
