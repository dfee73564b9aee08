import tidewire
import requests  # expect: HW202
