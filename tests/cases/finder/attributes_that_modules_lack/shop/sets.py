from shop import base

base.later = 1
