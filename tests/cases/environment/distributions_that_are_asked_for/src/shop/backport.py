import importlib.metadata

from importlib_metadata import PackageNotFoundError, version

try:
    OLD = version("gamma-ray")
except PackageNotFoundError:
    OLD = None

try:
    NEW = version("gamma-ray")  # expect: HW202(environment)
except importlib.metadata.PackageNotFoundError:
    NEW = None
