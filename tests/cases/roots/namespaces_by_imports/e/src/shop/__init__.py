from src.shop.store import Store
