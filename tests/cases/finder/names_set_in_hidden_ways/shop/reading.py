def look():
    return "gone" in globals() and globals()["X"]


class Reader:
    def __enter__(self):
        return globals().get("X")

    def __exit__(self, *_):
        pass


with Reader():
    look()
