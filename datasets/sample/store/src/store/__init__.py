"""The shop: what is sold, what was ordered, how it was paid."""

__version__ = "4.2.0"
