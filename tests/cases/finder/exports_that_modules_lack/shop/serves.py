__all__ = ["there", "served"]

there = 1


def __getattr__(name):
    if name == "served":
        return 2
    raise AttributeError(name)
