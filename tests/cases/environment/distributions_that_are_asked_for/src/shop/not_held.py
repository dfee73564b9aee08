from importlib.metadata import version

try:
    A = version("gamma-ray")  # expect: HW202(environment)
except (AttributeError, KeyError):
    A = None
