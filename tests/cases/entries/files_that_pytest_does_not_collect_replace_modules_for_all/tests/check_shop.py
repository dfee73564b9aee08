import sys
import types

sys.modules["shop.of_check"] = types.ModuleType("shop.of_check")
import shop.of_check
