def __getattr__(name):
    if name == "model":
        from by_chain import _model

        return _model
    if name == "broken":
        from by_chain import _broken  # expect: HW141

        return _broken
    raise AttributeError(name)
