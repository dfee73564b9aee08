import optkit.api
from optkit import _fast
