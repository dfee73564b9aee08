import sys
import types

sys.modules["pkg.made"] = types.ModuleType("pkg.made")
sys.modules.setdefault('pkg.other', types.ModuleType("pkg.other"))
assert sys.modules["pkg.read"] == sys.modules["pkg.deeper"].x
sys.modules["numcore.fake"] = types.ModuleType("numcore.fake")
