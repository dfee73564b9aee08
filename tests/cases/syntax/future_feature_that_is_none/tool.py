from __future__ import annotations, nosuch  # expect: HW301
