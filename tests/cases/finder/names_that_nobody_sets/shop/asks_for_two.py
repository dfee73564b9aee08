from shop.reading import there, gone  # expect: HW111
