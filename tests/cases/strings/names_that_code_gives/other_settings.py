# What is no name of `models` may be a model of a module below it; a label may be any word.
INSTALLED_APPS = ["account"]
AUTH_USER_MODEL = "account.Person"
