INSTALLED_APPS = [
    "django.contrib.admin",
    "blog",
    "blog.apps.BlogConfig",
    "blog.apps.Gone",  # expect: HW402
    "blog.gone",  # expect: HW401
    # "blog.commented",
] + ["blog.more"]  # expect: HW401
INSTALLED_APPS += ["blog.later"]  # expect: HW401
MIDDLEWARE = (
    "django.middleware.common.CommonMiddleware",
    "blog.middleware.First",
    "blog.middleware.Second",  # expect: HW402
)
ROOT_URLCONF = "site_.urls"
WSGI_APPLICATION = "site_.wsgi.app"  # expect: HW402
AUTH_USER_MODEL = "blog.User"
SESSION_ENGINE = "site_.sessions"  # expect: HW401
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": ["blog.nothing"],
        "OPTIONS": {"context_processors": ["blog.context.links"]},  # expect: HW401
    }
]
LOGGING = {
    "version": 1,
    "handlers": {"mail": {"class": "blog.logs.Mail", "level": "blog.no.class"}},  # expect: HW401
    "filters": {"quiet": {"()": "blog.middleware.Quiet"}},  # expect: HW402
}
DATABASES = {"default": {"ENGINE": "blog.backend", "NAME": "blog.name"}}  # expect: HW401
OTHER = ["blog.nothing"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "blog.passwords.Long"},  # expect: HW401
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "KEY_FUNCTION": "blog.middleware.key",  # expect: HW402
        "OPTIONS": {"CLIENT_CLASS": "blog.cache.Client"},  # expect: HW401
    }
}
CHANNEL_LAYERS = {"default": {"BACKEND": "blog.layers.Layer"}}  # expect: HW401
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": [
        "blog.middleware.First",
        "blog.middleware.IsNobody",  # expect: HW402
    ],
    "DEFAULT_PAGINATION_CLASS": "blog.pages.Pagination",  # expect: HW401
    "EXCEPTION_HANDLER": "blog.middleware.handle",  # expect: HW402
    "DATETIME_FORMAT": "blog.nothing",
    "PAGE_SIZE": 50,
}
