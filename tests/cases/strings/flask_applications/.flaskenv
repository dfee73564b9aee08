FLASK_APP=shop.gone  # expect: HW401
