from shop.helper import fill


def make():
    fill(["limit"])


def start():
    make()


start()
