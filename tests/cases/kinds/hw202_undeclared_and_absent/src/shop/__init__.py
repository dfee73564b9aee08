import tidewire
import bson  # expect: HW202(environment)
import requests  # expect: HW202(environment)
import rich  # expect: HW202(environment)
