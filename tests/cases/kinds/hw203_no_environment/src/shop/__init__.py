import requests  # expect: HW203
