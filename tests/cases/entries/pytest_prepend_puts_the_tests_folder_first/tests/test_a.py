from helpers import TEST
from helpers import ROOT  # expect: HW111
