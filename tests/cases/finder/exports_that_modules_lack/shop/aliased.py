__all__ = names = ["there", "b"]
names.remove("b")
there = 1
