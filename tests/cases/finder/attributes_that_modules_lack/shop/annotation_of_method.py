from shop import base


class Table:
    def method(self, x: base.Model, y: "base.gone", *args: base.gone) -> None:  # expect: HW111
        pass
