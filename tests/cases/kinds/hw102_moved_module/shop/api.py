from shop.pricing import total  # expect: HW102
