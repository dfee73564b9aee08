from shop import helper


class Own(helper.Settings):
    first = helper.Settings()
