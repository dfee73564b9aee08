import random
from random import choice

print(random.choice([1]))
