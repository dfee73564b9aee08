from shop import *
from shop.sets import *
from shop.serves import *

print(one, later, served)
