from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Price:
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Article:
    number: str
    title: str
    price: Price
