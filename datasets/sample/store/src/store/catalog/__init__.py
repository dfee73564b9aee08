from store.catalog.models import Article, Price

__all__ = ["Article", "Price"]
