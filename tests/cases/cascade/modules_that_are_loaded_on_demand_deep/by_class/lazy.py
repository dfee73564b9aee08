import sys
from types import ModuleType


class LazyModule(ModuleType):
    _origins = {}

    def __getattr__(self, name):
        if name in self._origins:
            return getattr(__import__(self._origins[name], None, None, [name]), name)
        return ModuleType.__getattribute__(self, name)


def recreate(name, by_module, **attributes):
    origins = {each: module for module, names in by_module.items() for each in names}
    new = sys.modules[name] = type(name, (LazyModule,), {"_origins": origins})(name)
    new.__dict__.update(attributes)
    return new
