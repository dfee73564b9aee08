import nsc.deep.pkg.mod
from nsc.deep import pkg
