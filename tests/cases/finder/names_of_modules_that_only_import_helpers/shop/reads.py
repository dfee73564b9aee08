from shop.helper import Settings, fill


def later():
    fill([])
    return Settings.names.count("speed")
