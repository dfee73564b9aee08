def __getattr__(name):
    if name == "model":
        from in_functions import _model

        return _model.model
    if name == "broken":
        from in_functions._broken import broken  # expect: HW141(cascade)

        return broken
    raise AttributeError(name)
