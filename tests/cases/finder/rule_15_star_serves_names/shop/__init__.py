from shop.models import *
