from dataclasses import dataclass, field

from store.catalog import Article


@dataclass
class OrderLine:
    article: Article
    count: int = 1


@dataclass
class Order:
    number: str
    lines: list[OrderLine] = field(default_factory=list)
