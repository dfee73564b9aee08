import sys
import types

sys.modules["shop.of_runner"] = types.ModuleType("shop.of_runner")
