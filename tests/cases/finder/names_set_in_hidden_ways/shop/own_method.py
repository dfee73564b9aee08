class Maker:
    @classmethod
    def make(cls):
        globals()["X"] = 1


Maker.make()
