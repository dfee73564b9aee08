import d  # headwater: ignore[HW501]
