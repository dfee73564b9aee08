import collections as c


class Table(c.Mapping):  # expect: HW214(fault)
    pass
