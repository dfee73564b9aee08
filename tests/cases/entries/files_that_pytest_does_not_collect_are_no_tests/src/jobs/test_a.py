from helpers import ROOT
