import contextlib
import importlib.metadata
from importlib.metadata import PackageNotFoundError, files, requires

try:
    A = importlib.metadata.version("gamma-ray")
except PackageNotFoundError:
    A = None
try:
    B = requires("gamma-ray")
except ImportError:
    B = None
try:
    C = files("gamma-ray")
except (KeyError, ModuleNotFoundError):
    C = None
with contextlib.suppress(PackageNotFoundError):
    D = importlib.metadata.version("gamma-ray")
