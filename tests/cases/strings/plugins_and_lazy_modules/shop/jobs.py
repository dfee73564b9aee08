from celery import Celery  # expect: HW203(unknown)

app = Celery("shop", include=["shop.cart", "shop.mails"])  # expect: HW401
CELERY_IMPORTS = ("shop.cart", "shop.reports")  # expect: HW401
CELERY_BEAT_SCHEDULE = {"nightly": {"task": "shop.anything.by_name"}}
