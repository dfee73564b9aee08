import shop.typed
# expect at least one cascade elsewhere
