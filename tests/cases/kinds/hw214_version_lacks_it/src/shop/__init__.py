from tidewire import Client
import tidewire.server  # expect: HW214
