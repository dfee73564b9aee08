import asks_hook


def __getattr__(name):
    return name
