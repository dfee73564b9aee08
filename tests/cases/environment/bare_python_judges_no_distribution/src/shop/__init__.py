import json
import requests  # expect: HW203
import shop.absent  # expect: HW101
