def __getattr__(name):
    return name


import asks_early_hook
