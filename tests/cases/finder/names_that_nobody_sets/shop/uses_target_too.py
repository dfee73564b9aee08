from shop.target import User  # expect: HW111
