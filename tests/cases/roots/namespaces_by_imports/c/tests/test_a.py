import nsc.deep.pkg
from nsc.deep.pkg import mod
import nsc.deep.gone  # expect: HW101
