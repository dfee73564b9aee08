import os

from parcels import (one, two  # expect: HW203 HW301
