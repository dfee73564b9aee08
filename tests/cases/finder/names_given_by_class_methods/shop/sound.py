from shop.given import Own, Shown, registered_by, size
