__all__ = ["models", "VERSION"]
VERSION = 1
