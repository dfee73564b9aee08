from shop.looks import gone  # expect: HW111
