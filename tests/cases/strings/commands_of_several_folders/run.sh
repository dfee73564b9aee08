cd services/b && gunicorn app.main:application
celery -A app.tasks worker
DJANGO_SETTINGS_MODULE=app.settings python -m app  # expect: HW401
flask --app app.py run
python -m other.gone
test -f shop/made.py && python -m shop.made  # expect: HW401(optional)
python -m shop.made || true  # expect: HW401(optional)
printf "python -m shop.made"
python -m shop.gone  # expect: HW401
