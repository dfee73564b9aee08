import requests  # expect: HW201
from requests.adapters import HTTPAdapter  # expect: HW201
