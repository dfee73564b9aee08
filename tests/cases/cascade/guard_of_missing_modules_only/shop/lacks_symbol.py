from shop.there import gone  # expect: HW111
