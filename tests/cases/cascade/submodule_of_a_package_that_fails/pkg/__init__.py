from .email import send
from .gone import x  # expect: HW101
