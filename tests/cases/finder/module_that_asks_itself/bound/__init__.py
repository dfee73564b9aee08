from .part import thing
from bound import thing as again
