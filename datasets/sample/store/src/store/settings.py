import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    currency: str = "EUR"
    warehouse_url: str = os.environ.get("WAREHOUSE_URL", "https://warehouse.example")
