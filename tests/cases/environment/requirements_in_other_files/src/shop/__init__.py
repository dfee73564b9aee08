import alphaneed  # expect: HW201
import betafast  # expect: HW201
import gammatest  # expect: HW201
import deltabase  # expect: HW201
import epsilonmore  # expect: HW201
import etaextra  # expect: HW201
import thetans.tools  # expect: HW201
import zetanothing  # expect: HW104
