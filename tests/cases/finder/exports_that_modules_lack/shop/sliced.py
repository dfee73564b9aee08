__all__ = ["there", "b"]
__all__[:] = ["there"]
there = 1
