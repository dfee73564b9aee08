from . import models
from .models import Order
