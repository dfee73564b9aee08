import shop.guarded
