models = None
