import yaml
import requests.adapters
import azure.storage.blob
import bs4  # expect: HW202
import numpy  # expect: HW201
import something  # expect: HW203
import shop.absent  # expect: HW101

try:
    import tidepool  # expect: HW203
except ImportError:
    tidepool = None
