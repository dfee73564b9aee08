class Trainer:
    pass


class Logger:
    pass
