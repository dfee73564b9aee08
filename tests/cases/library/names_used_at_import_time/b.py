import collections


class Table(collections.Mapping):  # expect: HW214
    pass
