import shop  # headwater: ignore[HW101]  # expect: HW901
import shop.gone  # headwater: ignore[HW102]  # expect: HW101 HW901
import os  # headwater: ignore  # expect: HW901
X = 1  # headwater: ignored is another word
