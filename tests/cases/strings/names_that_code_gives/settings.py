INSTALLED_APPS = ["blog", "account"]
AUTH_USER_MODEL = "blog.Author"  # expect: HW402
CELERY_BEAT_SCHEDULE = {
    "a": {"task": "shop.tasks.count", "schedule": 5},
    "b": {"task": "shop.tasks.gone", "schedule": 5},  # expect: HW402
    "c": {"task": "shop.tasks.named", "schedule": 5},
    "d": {"task": "shop.away.count", "schedule": 5},  # expect: HW401
    "e": {"task": "elsewhere.tasks.count", "schedule": 5},
    "f": {"task": "tidy", "schedule": 5},
}
