from . import part


value = 1
