from ..models import Order
from ...shop import models  # expect: HW122
from ..nowhere import x  # expect: HW101
