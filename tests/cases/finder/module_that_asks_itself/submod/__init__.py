from . import (  # expect: HW111
    part,
    _core,
)
