import os, path sep  # expect: HW203 HW301
