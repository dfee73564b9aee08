from datetime import UTC, datetime  # expect: HW214
from itertools import batched, pairwise  # expect: HW214
from typing import Self, TypedDict  # expect: HW214
