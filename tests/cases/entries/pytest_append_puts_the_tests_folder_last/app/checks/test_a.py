from helpers import ROOT, TEST  # expect: HW111
