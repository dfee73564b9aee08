__all__ = ["one"]
