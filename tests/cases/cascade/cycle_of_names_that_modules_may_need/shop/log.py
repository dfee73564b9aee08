from shop.rows import Row  # expect: HW121


class Log:
    def add(self, row: "Row") -> None: ...
