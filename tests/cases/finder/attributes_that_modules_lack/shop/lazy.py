def __getattr__(name):
    if name == "there":
        return 1
    raise AttributeError(name)
