class Order:
    pass


from shop.views import render  # expect: HW121

Order.show = render
