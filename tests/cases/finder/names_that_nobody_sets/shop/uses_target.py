import shop.setter
from shop.target import Present
from shop.target import Group
from shop.target import User  # expect: HW111
