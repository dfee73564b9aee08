from shop.reading import X  # expect: HW111
