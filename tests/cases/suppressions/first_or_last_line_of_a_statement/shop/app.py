from shop.gone import (  # headwater: ignore[HW101]
    a,
    b,
)
from shop.lost import (
    a,
    b,
)  # headwater: ignore[HW101]
from shop.left import (  # expect: HW101
    a,  # headwater: ignore[HW101]  # expect: HW901
    b,
)
