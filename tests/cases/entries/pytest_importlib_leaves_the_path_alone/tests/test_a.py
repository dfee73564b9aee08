from helpers import ROOT
from tests.helpers import TEST
from more import A
from more import B  # expect: HW111
from helpers import TEST  # expect: HW111
