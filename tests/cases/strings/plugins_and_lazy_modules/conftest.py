pytest_plugins = ["shop.testing", "shop.fixtures", "pytester"]  # expect: HW401
