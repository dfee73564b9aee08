INSTALLED_APPS = ["account"]
AUTH_USER_MODEL = "people.Person"
