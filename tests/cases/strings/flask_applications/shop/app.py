def create_app(name=None):
    pass
