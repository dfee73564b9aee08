import requests  # headwater: ignore[HW201]  # expect: HW203
