DJANGO_APPS = ["django.contrib.admin"]
LOCAL_APPS = [
    "shop",
    "shop.gone",  # expect: HW401
]
EXTRA_APPS = ("shop.away",)  # expect: HW401
OTHER_APPS = ["shop.other"]
INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS + [*EXTRA_APPS, "shop.lost"]  # expect: HW401
ROOT_URLCONF = "config.urls"
