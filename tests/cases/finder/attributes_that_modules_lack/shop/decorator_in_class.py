from shop import base


class Table:
    def sound(self):
        return base.gone

    @base.gone  # expect: HW111
    def function(self):
        pass
