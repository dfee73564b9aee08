__all__ = ["there", "gone"]

there = 1
