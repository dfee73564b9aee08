from shop import a  # expect: HW141
from shop import b  # expect: HW141
