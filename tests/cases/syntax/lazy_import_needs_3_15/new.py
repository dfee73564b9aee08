lazy import json  # expect: HW302
