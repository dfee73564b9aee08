__all__ = ["there", "later"]

there = 1
globals()["later"] = 2
