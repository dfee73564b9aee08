import sys
import types

sys.modules["os.extra"] = types.ModuleType("os.extra")
