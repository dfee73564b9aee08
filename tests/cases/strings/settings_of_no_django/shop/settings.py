MIDDLEWARE = ["shop.nothing"]
CACHES = {"a": {"BACKEND": "shop.nothing"}}
