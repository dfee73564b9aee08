import tidewire.other
from tidewire.helper import from_outside
