INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql_psycopg2"}}
ROOT_URLCONF = "shop.gone"  # expect: HW401
try:
    import shop.debug  # expect: HW101(optional)

    INSTALLED_APPS += ["shop.debug"]  # expect: HW401(optional)
except ImportError:
    pass
