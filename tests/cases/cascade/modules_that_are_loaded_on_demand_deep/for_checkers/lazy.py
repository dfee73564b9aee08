import importlib
import types


class Loader(types.ModuleType):
    def __init__(self, name, file):
        super().__init__(name)
        self.__path__ = [file.rpartition("/")[0]]

    def __getattr__(self, name):
        module = importlib.import_module(".broken" if name == "Engine" else ".sound", self.__name__)
        return getattr(module, name)
