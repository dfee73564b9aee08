import shop.gone  # headwater: ignore[HW101]
import shop.lost  # headwater: ignore[HW1] the table comes later
import shop.away  # headwater: ignore
import shop.left  # noqa: F401  # headwater: ignore[HW203, HW101]
import shop.here  # expect: HW101
TEXT = "# headwater: ignore[HW101]"
