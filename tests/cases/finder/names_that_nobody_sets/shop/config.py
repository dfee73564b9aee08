class Settings:
    def __init__(self, config):
        self.lost = config
        config.found_later = 1
