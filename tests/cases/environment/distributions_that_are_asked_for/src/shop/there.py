from importlib.metadata import entry_points, version

__version__ = version("ALPHA__ray")
PLUGINS = entry_points(group="gamma-ray")


def later():
    return version("gamma-ray")


def of(name):
    return version(name)


SOME = [of(name) for name in PLUGINS]
