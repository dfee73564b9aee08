export FLASK_APP="shop.main:app"  # expect: HW401
export FLASK_APP=$MODULE
export FLASK_APP="shop.app:create_app('production')"
flask --app shop.app:lost run  # expect: HW402
