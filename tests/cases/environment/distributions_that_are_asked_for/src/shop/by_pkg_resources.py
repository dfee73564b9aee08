import pkg_resources

pkg_resources.require("alpha-ray[more]>=0.1")
try:
    pkg_resources.get_distribution("gamma-ray")
except pkg_resources.DistributionNotFound:
    pass
try:
    pkg_resources.get_distribution("gamma-ray")  # expect: HW202(environment)
except ImportError:
    pass
