from shop.views import render  # expect: HW121


class Order:
    show = render
