python -m shop.gone  # expect: HW401
