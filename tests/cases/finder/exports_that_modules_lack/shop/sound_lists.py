from shop.sliced import *
from shop.aliased import *
from shop.cut import *
