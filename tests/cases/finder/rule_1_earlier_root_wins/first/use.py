from tool import LEFT
from tool import RIGHT  # expect: HW111
