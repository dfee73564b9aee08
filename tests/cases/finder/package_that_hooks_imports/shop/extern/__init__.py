import importlib
import sys


class VendorImporter:
    def find_spec(self, name, path=None, target=None):
        if not name.startswith(__name__ + "."):
            return None
        return importlib.util.spec_from_loader(name, self)


sys.meta_path.append(VendorImporter())
