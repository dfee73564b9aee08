from tidewire import Client
from tidewire import Server  # expect: HW214
