import sys
import types

sys.modules["shop.of_conftest"] = types.ModuleType("shop.of_conftest")
