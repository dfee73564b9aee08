from shop.log import Log  # expect: HW121


class Row(Log): ...
