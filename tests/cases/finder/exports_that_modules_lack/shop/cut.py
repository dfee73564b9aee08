__all__ = ["b", "there"]
del __all__[0]
there = 1
