from here.bound import always
from here.bound import never  # expect: HW111
from here.bound import also_never  # expect: HW111
from here.bound import neither  # expect: HW111
