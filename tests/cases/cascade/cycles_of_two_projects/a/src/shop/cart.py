from shop.prices import price_of  # expect: HW121


class Cart:
    def total(self):
        return sum(price_of(item) for item in self.items)
