from . import helpers
LIMIT = 3
